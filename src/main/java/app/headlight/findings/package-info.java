/**
 * What people find in a model and what they say of it: findings with every version, comments, votes, collections and
 * their showing, short links; their safe rendering, export and import, and the word of each change to all open pages.
 */
@NullMarked
package app.headlight.findings;

import org.jspecify.annotations.NullMarked;
