export { EventBoardResolver } from './board.resolver.ts';
export { closeDueEvents } from './close-event.ts';
export { EventProductResolver } from './event-product.resolver.ts';
export { occasionRelations } from './occasion.relations.ts';
export { OfficialEventResolver } from './official-event.resolver.ts';
export { type NewOfficialEvent, openEvent } from './open-event.ts';
export { postSubsidies } from './post-subsidies.ts';
export { registerProduct, reviewProduct } from './register-product.ts';
