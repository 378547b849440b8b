/** The unit that an address names by the positions of its layer and its own, `2.17`; undefined where there is no such unit. */
export function unitOf(
  text: string,
  layers: readonly { readonly name: string; readonly units: number }[],
): { readonly layer: string; readonly unit: number } | undefined {
  const found = /^(\d{1,4})\.(\d{1,6})$/.exec(text);
  const layer = layers[Number(found?.[1])];
  const unit = Number(found?.[2]);
  return layer && unit < layer.units ? { layer: layer.name, unit } : undefined;
}
