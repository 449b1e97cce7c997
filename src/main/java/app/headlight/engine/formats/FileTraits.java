package app.headlight.engine.formats;

/**
 * What a configuration says of the file of the weights.
 *
 * @param tied whether the unembedding is the embedding's transpose, {@code tie_word_embeddings}
 * @param biased whether what the family leaves open has biases: {@code attention_bias}, {@code bias}
 */
public record FileTraits(boolean tied, boolean biased) {

    static FileTraits of(Fields fields, boolean usuallyTied, boolean biased) {
        return new FileTraits(fields.truth(usuallyTied, "tie_word_embeddings"), biased);
    }
}
