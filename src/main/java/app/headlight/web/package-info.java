/** The frame around all screens: the page's shell, its header and what is shown when something goes wrong. */
@NullMarked
package app.headlight.web;

import org.jspecify.annotations.NullMarked;
