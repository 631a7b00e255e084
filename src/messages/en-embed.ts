/** What stands in the place of a held frame, in English. The names of the categories are those of the preferences. */
export const enEmbed = {
  'embed.reason': 'Showing this lets {service} set {name} cookies and know that you visited this site.',
  'embed.once': 'Show this once',
  'embed.always': 'Always show {service}',
  'embed.accept': 'Accept {name} cookies',
  'embed.later': 'You withdrew consent on this page, so this can only be shown from the next page on.',
  'embed.closed': 'To protect your privacy, nothing from {service} is shown on this page.',
  'embed.open': 'Open it on {host}',

  'preferences.name': 'preference',
  'analytics.name': 'analytics',
  'marketing.name': 'advertising',
};
