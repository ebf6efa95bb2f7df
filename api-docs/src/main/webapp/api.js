// Nothing is sent anywhere but to the hub: no validator, no remembered key.
const rank = (tag) => (tag === 'order' ? 0 : tag.endsWith(' operations') ? 2 : 1);
window.ui = SwaggerUIBundle({
  url: '/openapi?format=JSON',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  operationsSorter: 'alpha',
  persistAuthorization: false,
  // Orders first, what is for operators only last.
  tagsSorter: (a, b) => rank(a) - rank(b) || a.localeCompare(b),
  validatorUrl: null,
});
