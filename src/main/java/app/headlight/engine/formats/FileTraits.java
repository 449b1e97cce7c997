package app.headlight.engine.formats;

/**
 * What a configuration says of the file of the weights.
 *
 * @param tied whether the unembedding is the embedding's transpose, {@code tie_word_embeddings}
 * @param biased whether what the family leaves open has biases: {@code attention_bias}, {@code bias}
 * @param gateOnly whether the file's gate is the model's W_in, and the file's W_in is not used
 */
public record FileTraits(boolean tied, boolean biased, boolean gateOnly) {

    /** Of a file in which W_in is W_in. */
    public FileTraits(boolean tied, boolean biased) {
        this(tied, biased, false);
    }

    static FileTraits of(Fields fields, boolean usuallyTied, boolean biased) {
        return new FileTraits(fields.truth(usuallyTied, "tie_word_embeddings"), biased);
    }
}
