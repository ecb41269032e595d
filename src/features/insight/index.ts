export { countInsight } from './count-insight.ts';
