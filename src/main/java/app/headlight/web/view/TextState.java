package app.headlight.web.view;

import app.headlight.engine.transformer.Continuation;

/**
 * What the model reads.
 *
 * @param sentence the text, as typed
 * @param continuation the model's own tokens after it
 */
public record TextState(String sentence, Continuation continuation) {

    static final TextState FIRST = new TextState(ViewState.FIRST_SENTENCE, Continuation.NONE);
}
