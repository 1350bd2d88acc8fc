/** A rectangle in CSS pixels from the window's corner. */
export interface CardRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface CardPlace {
  readonly left: number;
  readonly top: number;
  /** Room there; a taller card is cut. */
  readonly maxHeight: number;
}

/** Space between the card and the box, and the card and the edges of the window. */
const gapPx = 6;
/** How far right of the pointer the card begins. */
const asidePx = 14;

/**
 * Where the card of a box goes: under the box, or above it where there is more room, so that the box can always be seen; right
 * of the pointer as far as the window allows.
 */
export function placeCard(
  box: CardRect,
  pointerX: number,
  card: { readonly width: number; readonly height: number },
  window: { readonly width: number; readonly height: number },
): CardPlace {
  const under = box.top + box.height + gapPx;
  const roomUnder = window.height - gapPx - under;
  const roomAbove = box.top - gapPx * 2;
  const left = Math.max(gapPx, Math.min(pointerX + asidePx, window.width - gapPx - card.width));
  if (card.height <= roomUnder || roomUnder >= roomAbove)
    return { left, top: under, maxHeight: Math.max(0, roomUnder) };
  return { left, top: box.top - gapPx - Math.min(card.height, roomAbove), maxHeight: Math.max(0, roomAbove) };
}
