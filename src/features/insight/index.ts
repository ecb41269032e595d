export { countInsight } from './count-insight.ts';
export { insightRelations } from './insight.relations.ts';
