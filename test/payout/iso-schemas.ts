import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

/** What a schema says against a file; nothing when it is valid. */
export function faultsBy(schema: Uint8Array, xml: string): string[] {
  using xsd = XmlDocument.fromBuffer(schema);
  using validator = XsdValidator.fromDoc(xsd);
  using document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

const folder = process.env.ISO20022_SCHEMAS;
if (folder === undefined) {
  process.stderr.write(
    "Files for banks are not held against ISO's own schemas: set ISO20022_SCHEMAS to a folder with them, as .ci/run does.\n",
  );
}

/** What ISO's own schema of a message says against a file; nothing where the folder of the schemas is not named. */
export function isoFaults(message: string, xml: string): string[] {
  return folder === undefined ? [] : faultsBy(readFileSync(join(folder, `${message}.xsd`)), xml);
}
