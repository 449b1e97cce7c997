/**
 * The residual stream: its projections, the logit lens, bandwidth and deletion, and the neurons of the MLPs.
 */
@NullMarked
package app.headlight.web.explore.stream;

import org.jspecify.annotations.NullMarked;
