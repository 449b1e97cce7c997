/** How claims come to their verdicts: measured as jobs with seeds drawn after they were saved, and again when a model has changed. */
@NullMarked
package app.headlight.services.verdicts;

import org.jspecify.annotations.NullMarked;
