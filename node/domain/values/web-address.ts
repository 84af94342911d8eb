export const isWebAddress = (value: string): boolean =>
  value.length <= 2000 && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
