/** Findings: what people found in models, discussed, collected and presented. */
@NullMarked
package app.headlight.web.findings;

import org.jspecify.annotations.NullMarked;
