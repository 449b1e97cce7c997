/**
 * The client of the Hugging Face hub: what a person typed becomes the name of a model, the hub says what the model has,
 * and its files are fetched into a folder. Nothing but the configured endpoint and what it redirects to is ever asked.
 */
@NullMarked
package app.headlight.services.hub;

import org.jspecify.annotations.NullMarked;
