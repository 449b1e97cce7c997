/** What pages share: notices and messages, long work, the question before leaving, parts of the header. */
@NullMarked
package app.headlight.web.page;

import org.jspecify.annotations.NullMarked;
