/**
 * The Java side of the web components in {@code frontend/}: a class each, which hands plain data to its element and
 * turns the element's events into Java's. No component knows a model, and none computes.
 */
@NullMarked
package app.headlight.web.component;

import org.jspecify.annotations.NullMarked;
