/**
 * The stored models: their rows in the database, the folders that they are loaded from at start, and the bounded
 * memory of models that are open; and the trainings that people ask for, which become stored models.
 */
@NullMarked
package app.headlight.services.models;

import org.jspecify.annotations.NullMarked;
