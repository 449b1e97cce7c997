/**
 * The state of a view as one immutable record, and the codec between it and the query parameters of its URL.
 * Whatever a picture depends on is here; a picture that two people see at one URL is the same picture.
 */
@NullMarked
package app.headlight.web.view;

import org.jspecify.annotations.NullMarked;
