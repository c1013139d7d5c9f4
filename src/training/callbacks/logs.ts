/** Numbers by name, such as `loss`, `accuracy` and `val_loss`. */
export type Logs = Readonly<Record<string, number>>;
