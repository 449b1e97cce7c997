/** What the browser tests stand on: a Chrome or Chromium that is found or installed, and a page to look at. */
@NullMarked
package app.headlight.browser;

import org.jspecify.annotations.NullMarked;
