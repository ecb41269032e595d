export { type Answer, type Execution, executeByLevels } from './execute.ts';
export {
  type Batch,
  type BatchKey,
  type ColumnsOf,
  declareWork,
  type FieldWork,
  hashOf,
  workOf,
} from './field-work.ts';
export { JsonText, type Tally } from './json-text.ts';
export { type Selection, selectionsBelow } from './plan.ts';
