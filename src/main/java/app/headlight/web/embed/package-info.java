/** A view by itself, without header and frame, to stand in a frame of another page: a finding's, a blog's, a notebook's. */
@NullMarked
package app.headlight.web.embed;

import org.jspecify.annotations.NullMarked;
