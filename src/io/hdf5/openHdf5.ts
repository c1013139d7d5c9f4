/// <reference path="./jsfive.d.ts" />
import { Dataset, File, type Group } from 'jsfive';
import { interruptible, patienceFor } from '../untrusted/interruptible.js';
import { formatError, ReadRefusal } from '../untrusted/readRefusal.js';
import { bfloat16, type Elements, elementsNamed, otherElements } from './elements.js';
import { Hdf5Dataset } from './hdf5Dataset.js';
import { Hdf5Group } from './hdf5Group.js';
import { Limits, MeteredBuffer } from './limits.js';
import { readNumbers } from './readNumbers.js';
import { type Texts, textsOf } from './texts.js';

const format = 'HDF5 as models use it';
const maxDepth = 64;
const externalFiles = 7;

/** A file that is being looked into. */
interface Opening {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly limits: Limits;
  /** Texts that objects share: read once. */
  readonly heaps: Record<number, unknown>;
}

/**
 * The root group of an HDF5 file: all groups, attributes and shapes. Numbers are read when somebody asks for them.
 * @throws {ModelFormatError} if it is none, is damaged, or uses what is not supported, links to other names and files
 * among it.
 */
export async function openHdf5(name: string, bytes: Uint8Array): Promise<Hdf5Group> {
  const limits = new Limits(bytes.length);
  const buffer = new MeteredBuffer(bytes, limits);
  // From here on the copy: the caller may forget the original.
  const opening = { name, bytes: new Uint8Array(buffer), limits, heaps: {} };
  try {
    return await interruptible(patienceFor(bytes.length), () => {
      limits.renew(4 * bytes.length + 2 ** 16);
      return readGroup(opening, new File(buffer, name), '', 0);
    });
  } catch (error) {
    throw formatError(name, format, error);
  }
}

function readGroup(opening: Opening, group: Group, path: string, depth: number): Hdf5Group {
  if (depth > maxDepth) throw new ReadRefusal(`groups that are at most ${maxDepth} deep`, 'deeper ones');
  const members = new Map<string, Hdf5Group | Hdf5Dataset>();
  const attributes = readAttributes(opening, group);
  for (const [name, target] of Object.entries(group._links)) {
    opening.limits.countObject();
    if (typeof target === 'string') throw new ReadRefusal('members', `'${name}', a link to another name`);
    if (name === '' || name === '.' || name.includes('/')) throw new ReadRefusal('members with names', `'${name}'`);
    const member = group.get(name);
    const place = `${path}/${name}`;
    members.set(
      name,
      member instanceof Dataset
        ? describeDataset(opening, member, place)
        : readGroup(opening, member, place, depth + 1),
    );
  }
  return new Hdf5Group(members, attributes);
}

function describeDataset(opening: Opening, dataset: Dataset, path: string): Hdf5Dataset {
  const { name, bytes, limits } = opening;
  const attributes = readAttributes(opening, dataset);
  const { shape } = dataset;
  const elements = elementsOf(dataset, attributes);
  const numbers = async (): Promise<ArrayLike<number | bigint>> => {
    try {
      return await readNumbers({ dataset, bytes, path, shape, elements, limits });
    } catch (error) {
      throw formatError(name, format, error);
    }
  };
  if (dataset._dataobjects.find_msg_type(externalFiles).length > 0) {
    throw new ReadRefusal('numbers', `'${path}', which has them in another file`);
  }
  return new Hdf5Dataset({ file: name, shape, elements, attributes, numbers });
}

function elementsOf(dataset: Dataset, attributes: Texts): Elements {
  if (attributes.get('dtype')?.[0] === 'bfloat16') return bfloat16;
  try {
    const { dtype } = dataset;
    return typeof dtype === 'string' ? elementsNamed(dtype) : otherElements(String(dtype[0]));
  } catch (error) {
    // Said of kinds it does not know.
    if (typeof error === 'string') return otherElements(error);
    throw error;
  }
}

function readAttributes({ limits, heaps }: Opening, object: Group | Dataset): Texts {
  const internals = object._dataobjects;
  internals._global_heaps = heaps;
  const read = internals._vlen_size_and_data.bind(internals);
  internals._vlen_size_and_data = (file, offset) => {
    const found = read(file, offset);
    // Thousands of texts may be the same long one.
    limits.spend(found[1]?.byteLength ?? 0);
    return found;
  };
  return new Map(Object.entries(object.attrs).map(([name, value]) => [name, textsOf(value)]));
}
