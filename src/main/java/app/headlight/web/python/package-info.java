/**
 * The Python that computes what a picture shows, for “Copy as Python” in its menu: with TransformerLens where that computes
 * it, else with this server's REST. One class a kind of picture, made of the blocks that all share.
 */
@NullMarked
package app.headlight.web.python;

import org.jspecify.annotations.NullMarked;
