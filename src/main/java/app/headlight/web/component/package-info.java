/**
 * The Java side of the web components in {@code frontend/}: one class for each, which passes plain data to its element
 * and turns the element's events into Java events. No component knows a model or computes.
 */
@NullMarked
package app.headlight.web.component;

import org.jspecify.annotations.NullMarked;
