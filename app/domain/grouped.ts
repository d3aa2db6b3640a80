/**
 * Items by what `keyOf` gives of each, groups in the order of their first item. `Map.groupBy` does the same, but neither the
 * Chromium that the tests have nor the phones that open the verification page are sure to know it.
 */
export function groupedBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
