export const SENDER = 'hello@mail.shop.example'
export const SECRET = 'a secret only for the tests'

/** What every test's configuration file makes sure of. */
export const shop = {
  ensure: {
    domains: [{ name: 'mail.shop.example', trust: 'operator' }],
    senders: [{ address: SENDER, name: 'Shop' }],
    templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
  },
} as const
