/**
 * What findings say that can be measured, such as {@code score(L1H3, induction) ≥ 0.8}, with every measurement of it, pooled
 * into a verdict. It knows findings by their number alone.
 */
@NullMarked
package app.headlight.services.claims;

import org.jspecify.annotations.NullMarked;
