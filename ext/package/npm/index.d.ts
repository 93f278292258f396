/** The loadable library for this platform. Throws where the package holds none. */
export function getLoadablePath(): string;

/** Loads the extension into a connection (better-sqlite3, node:sqlite, ...). */
export function load(db: { loadExtension(file: string): unknown }): void;

/** The folder of ready-made SQL. */
export const sqlPath: string;
