// Under which id a tab stands: what its panel is labelled by.

export const tabId = (value: string) => `tab-${value}`;
