// Package browser tests in a real Chromium what people see of Factbox: the embedded views in every theme, direction and width, the
// element and the frame on other people's pages, and the front page. It has tests only.
//
// They need Chromium, which CHROMIUM may name, and npm for axe-core, the accessibility checker, which the first run installs into the
// user's cache folder. Without Chromium they are skipped, unless FACTBOX_BROWSER is "required". setup.sh installs what is missing.
package browser
