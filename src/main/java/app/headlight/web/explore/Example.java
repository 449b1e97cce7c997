package app.headlight.web.explore;

import app.headlight.web.state.ViewState;
import java.util.List;

/**
 * A sentence to begin with.
 *
 * @param title how the menu names it
 */
record Example(String title, String text) {

    private static final String MARY = "When Mary and John went to the store, John gave a bag to Mary";
    private static final String PARIS = "Paris traveled to Paris, France and stayed in a Hilton";

    static final List<Example> ALL = List.of(
            new Example(ViewState.FIRST_SENTENCE, ViewState.FIRST_SENTENCE),
            new Example(PARIS, PARIS),
            new Example(
                    "Mr and Mrs Dursley … Mr Dursley",
                    "Mr and Mrs Dursley, of number four, were proud to say that they were perfectly normal. Mr Dursley"),
            new Example(
                    "Random words, said twice",
                    "river seven candle bright horse under stone music river seven candle bright horse under stone music"),
            new Example(MARY, MARY),
            new Example("The cat sat on the mat. The cat …", "The cat sat on the mat. The cat sat on the"),
            new Example("Once upon a time", "Once upon a time there was a little girl who lived in the wood"));
}
