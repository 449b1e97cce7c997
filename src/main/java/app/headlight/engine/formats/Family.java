package app.headlight.engine.formats;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import java.util.List;

/**
 * The files of one kind of model: how its configuration is read, and where its tensors are. Everything that is
 * particular to a family is in one class that implements this.
 */
public interface Family {

    /** The families whose files are read; {@link TransformerLensFamily} is the one of our own files too. */
    List<Family> ALL = List.of(
            new TransformerLensFamily(),
            new Gpt2Family(),
            new NeoxFamily(),
            new LlamaFamily(),
            new Qwen2Family(),
            new MistralFamily(),
            new NanoGptFamily());

    /** Its name, which is that of its section in {@code config-fields.json}. */
    String name();

    /** The {@code model_type} of its configurations; empty if they have none. */
    String modelType();

    /** What {@code architectures} may say in its configurations. */
    List<String> architectures();

    /**
     * The sizes and kinds that a configuration says.
     *
     * @throws Refusal naming a field that is missing or has a value that is not read
     */
    Config config(Fields fields);

    /** What the same configuration says of the file of the weights. */
    FileTraits traits(Fields fields);

    /**
     * Whether a text begins with whatever its tokenizer puts in front of it, as in the transformers package; if not, the
     * configuration says whether it begins with a beginning-of-sequence token.
     */
    default boolean beginsAsItsTokenizerSays() {
        return true;
    }

    /** Says of each tensor of the model where in the file it is. */
    void tensors(Config config, FileTraits traits, TensorPlan plan);
}
