/** What the banner says, in English: the reference that every language follows, and the fallback for what it lacks. */
export const en = {
  title: 'Cookies on this site',
  controller: 'Responsible for this site: {name}',
  ask: "We use some essential cookies to make our website work. We'd like to set additional cookies so we can remember your preferences and understand how you use our site.",
  advertising: "We'd also like to use cookies for advertising ({services}).",
  manage:
    'You can manage your preferences and cookie settings at any time by clicking on "{customise}" below. For more information on how we use cookies, please see our {notice}.',
  notice: 'Cookies notice',
  accept: 'Accept additional cookies',
  reject: 'Reject additional cookies',
  customise: 'Customise cookies',
  saved: 'Your cookie preferences have been saved. You can update your cookie settings at any time on the {page}.',
  page: 'cookies page',
  problem: 'Sorry, there was a technical problem. Please try again.',
  hide: 'Hide',
};
