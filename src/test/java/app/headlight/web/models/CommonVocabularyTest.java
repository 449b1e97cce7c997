package app.headlight.web.models;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.formats.ConfigFile;
import app.headlight.engine.residual.EmbeddingComparison.Common;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.text.Encoding;
import app.headlight.engine.text.IdTokenizer;
import app.headlight.engine.text.Piece;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.models.Audience;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.StoredModel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommonVocabularyTest {

    private static final int V = 23;

    private final OpenModel first = model("first", 1, new Words(0));
    private final OpenModel second = model("second", 2, new Words(5));

    @Test
    void tokensArePairedByHowTheyAreWritten() {
        List<Common> common = CommonVocabulary.of(first, second);
        // The second writes w5 with its id 0, and so on; w23 and what comes after are none of the first's.
        assertThat(common).hasSize(V - 5).first().isEqualTo(new Common(5, 0));
        assertThat(common).allSatisfy(pair -> assertThat(pair.first()).isEqualTo(pair.second() + 5));
    }

    @Test
    void wordsAndBareIdsHaveNothingInCommon() {
        OpenModel ids = model("ids", 3, new IdTokenizer(V));
        assertThat(CommonVocabulary.of(first, ids)).isEmpty();
        assertThat(CommonVocabulary.of(ids, model("others", 4, new IdTokenizer(V))))
                .hasSize(V);
    }

    private static OpenModel model(String name, long seed, Tokenizer tokenizer) {
        Config config = RandomModels.config(1, Positions.NONE, Norm.NONE);
        return new OpenModel(
                new StoredModel(
                        seed,
                        name,
                        name,
                        ConfigFile.of(config),
                        List.of(),
                        null,
                        Set.of(),
                        false,
                        false,
                        null,
                        Audience.ALL),
                OpenModel.FINISHED,
                new Transformer(config, RandomModels.weights(config, seed), MatrixProducts.fastest()),
                tokenizer);
    }

    /** Writes the token of id i as w(i + shift). */
    private record Words(int shift) implements Tokenizer {

        @Override
        public Encoding encodeWithSlices(String text) {
            throw new UnsupportedOperationException("only its vocabulary is asked for");
        }

        @Override
        public String decode(int[] ids) {
            throw new UnsupportedOperationException("only its vocabulary is asked for");
        }

        @Override
        public Piece piece(int id) {
            String word = "w" + (id + shift);
            return new Piece(id, word, word, Piece.Kind.TEXT);
        }

        @Override
        public int vocabularySize() {
            return V;
        }

        @Override
        public void close() {}
    }
}
