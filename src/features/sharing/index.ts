export { creditSharer } from './credit-sharer.ts';
export { makeShareLink } from './make-share-link.ts';
export { postShares } from './post-shares.ts';
export { setSharing } from './set-sharing.ts';
export { sharingRelations } from './sharing.relations.ts';
export { SharingResolver } from './sharing.resolver.ts';
