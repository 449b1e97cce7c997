/** REST: what the pages show, as JSON for scripts. Field names are TransformerLens's; errors are RFC 9457 problems. */
@NullMarked
package app.headlight.web.api;

import org.jspecify.annotations.NullMarked;
