export { type MadeStatements, makeStatements } from './make-statements.ts';
