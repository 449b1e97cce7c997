/** The programs of the command line: to train a model, and to write the files of the model that was made by hand. */
@NullMarked
package app.headlight.tools;

import org.jspecify.annotations.NullMarked;
