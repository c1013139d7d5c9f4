/** A class by its name. What else a class of layers has, nothing here needs to know. */
interface NamedClass {
  readonly className: string;
}

const classes = new Map<string, NamedClass>();

/** Notes that there is a layer of a class: what is alive can be made again, whether somebody registered it or not. */
export function noteUse(layerClass: NamedClass): void {
  if (!classes.has(layerClass.className)) classes.set(layerClass.className, layerClass);
}

/** The class of that name, if there has been a layer of it. */
export function usedClass(name: string): NamedClass | undefined {
  return classes.get(name);
}
