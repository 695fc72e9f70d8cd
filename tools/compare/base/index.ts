export { type BaseCheckoutOptions, headSide, type ScratchFolders, withBaseCheckout } from './checkout.ts';
export { baseErrors } from './errors.ts';
export { overlayFiles } from './overlay.ts';
export { sideIn } from './side.ts';
