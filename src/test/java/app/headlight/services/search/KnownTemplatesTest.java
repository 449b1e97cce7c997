package app.headlight.services.search;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.engine.text.Encoding;
import app.headlight.engine.text.Piece;
import app.headlight.engine.text.Tokenizer;
import app.headlight.engine.transformer.Run;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.TokenNames;
import app.headlight.services.search.KnownTemplates.Known;
import app.headlight.services.search.ReadyPair.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Pairs are offered where a model has the words and knows what follows them. */
class KnownTemplatesTest extends SharedServer {

    @Autowired
    private ModelLibrary library;

    @Autowired
    private Laboratory lab;

    /** Trained on stories, it knows was and were after boy and boys, and has no token for 41 and none for umbrella. */
    @Test
    void whatAModelKnowsIsMeasured() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Map<Template, Known> known = lab.get(new KnownTemplates(lab).of(model));
        assertThat(known).containsOnlyKeys(Template.values());
        assertThat(known.get(Template.NUMBER)).isEqualTo(new Known(16, 16));
        assertThat(known.get(Template.NUMBER).isOffered()).isTrue();
        assertThat(known.get(Template.INDUCTION).isOffered()).isTrue();
        assertThat(known.get(Template.GREATER_THAN)).isEqualTo(new Known(0, 0));
        assertThat(known.get(Template.GREATER_THAN).isOffered()).isFalse();
        assertThat(known.get(Template.ARTICLE).pairs()).isZero();
        // It has the names Mary and John, and gives the bag to whoever.
        assertThat(known.get(Template.TWO_NAMES).isOffered()).isFalse();
        // Without heads nothing but the last token counts, which is enough for was and were.
        Map<Template, Known> ofBigrams =
                lab.get(new KnownTemplates(lab).of(library.open("storybook-0l").orElseThrow()));
        assertThat(ofBigrams.get(Template.NUMBER).isOffered()).isTrue();
        assertThat(ofBigrams.get(Template.INDUCTION).isOffered()).isFalse();
    }

    /** By the model's own logits, on one pair. */
    @Test
    void aPairIsKnownWhereBothSentencesAreFollowedByTheirOwnToken() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        ReadyPair pair = ReadyPair.of(model, Template.NUMBER, 3).orElseThrow();
        int answer = TokenNames.id(model, pair.answer());
        int wrong = TokenNames.id(model, pair.wrong());
        assertThat(pair.answer() + pair.wrong()).isIn("·was·were", "·were·was");
        for (String sentence : List.of(pair.clean(), pair.corrupt())) {
            Run run = model.transformer().run(model.prompt(sentence).tokens());
            int last = run.length() - 1;
            boolean prefers = run.logits().get(last, answer) > run.logits().get(last, wrong);
            assertThat(prefers).as(sentence).isEqualTo(sentence.equals(pair.clean()));
        }
    }

    /** Of a vocabulary with every word, and the last two digits of years apart from the first two, as GPT-2 has them. */
    @Test
    void yearsGrowAndArticlesFit() {
        OpenModel stored = library.open("storybook-2l").orElseThrow();
        OpenModel model = new OpenModel(stored.stored(), stored.step(), stored.transformer(), new Words());
        Pattern years = Pattern.compile("from the year (\\d\\d)(\\d\\d) to the year (\\d\\d)");
        for (int seed = 0; seed < 200; seed++) {
            ReadyPair pair = ReadyPair.of(model, Template.GREATER_THAN, seed).orElseThrow();
            Matcher clean = years.matcher(pair.clean());
            Matcher corrupt = years.matcher(pair.corrupt());
            assertThat(clean.find() && corrupt.find()).isTrue();
            assertThat(clean.group(1)).isEqualTo(clean.group(3)).isEqualTo(corrupt.group(1));
            int from = Integer.parseInt(clean.group(2));
            int earlier = Integer.parseInt(corrupt.group(2));
            assertThat(Integer.parseInt(pair.answer())).isGreaterThan(from);
            assertThat(Integer.parseInt(pair.wrong())).isBetween(earlier + 1, from - 1);

            ReadyPair fruit = ReadyPair.of(model, Template.ARTICLE, seed).orElseThrow();
            assertThat(fruit.answer() + fruit.wrong()).isEqualTo("·an·a");
            assertThat(fruit.clean()).containsPattern("for the [aeiou]\\w+ and found$");
            assertThat(fruit.corrupt()).containsPattern("for the [^aeiou]\\w+ and found$");
            assertThat(model.encode(fruit.clean())).hasSameSizeAs(model.encode(fruit.corrupt()));
        }
    }

    /** Every word with the space before it is a token, and so are two digits. */
    private static final class Words implements Tokenizer {

        private static final Pattern TOKEN = Pattern.compile(" ?\\p{Alpha}+| ?\\d\\d|.");

        private final List<String> known = new ArrayList<>();

        @Override
        public synchronized Encoding encodeWithSlices(String text) {
            List<Piece> pieces = new ArrayList<>();
            List<String> slices = new ArrayList<>();
            Matcher token = TOKEN.matcher(text);
            while (token.find()) {
                if (!known.contains(token.group())) {
                    known.add(token.group());
                }
                pieces.add(piece(known.indexOf(token.group())));
                slices.add(token.group());
            }
            return new Encoding(pieces, slices, List.of());
        }

        @Override
        public String decode(int[] ids) {
            throw new UnsupportedOperationException("no text is made of tokens here");
        }

        @Override
        public synchronized Piece piece(int id) {
            return new Piece(id, known.get(id), known.get(id).replace(' ', '·'), Piece.Kind.TEXT);
        }

        @Override
        public int vocabularySize() {
            return 1000;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
