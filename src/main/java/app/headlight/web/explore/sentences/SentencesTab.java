package app.headlight.web.explore.sentences;

import app.headlight.engine.circuits.HeadOverSentences;
import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.services.sentences.OverSentences;
import app.headlight.services.sentences.SentenceSet;
import app.headlight.services.sentences.StoredText;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.ScoreHistogram;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ExploreDesk;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.explore.shown.TabContent;
import app.headlight.web.page.LongWork;
import app.headlight.web.view.SentencesState;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tab over many sentences: what the selected head does in each of a set of sentences, its mean and how far they
 * differ. Does it always do this?
 */
public class SentencesTab extends TabContent {

    /** What takes longer is refused, in seconds. */
    private static final double MOST = 300;

    private final transient StoredText text;
    private final transient StateChange change;
    private final SentencesFields fields;
    private final Paragraph words = new Paragraph();
    private final Paragraph notes = new Paragraph();
    private final LongWork work = new LongWork();
    private final FigureTable quantities = new FigureTable();
    private final ScoreHistogram spread = new ScoreHistogram();
    private final FigureTable sentences = new FigureTable();
    private transient @Nullable SentenceSet shown;

    public SentencesTab(ExploreDesk desk) {
        super("hl-tab-sentences");
        text = desk.text();
        change = desk.change();
        fields = new SentencesFields(change);
        words.setId("sentences-words");
        notes.setId("sentences-notes");
        notes.addClassName("hl-muted");
        quantities.setId("sentences-quantities");
        quantities.addRowSelectListener(event -> {
            Asked asked = QuantityWords.all().get(Integer.parseInt(event.id()));
            change.to(state -> state.withSentences(state.sentences().withAsked(asked)));
        });
        spread.setId("sentences-spread");
        spread.addHeadSelectListener(event -> open(event.head()));
        sentences.setId("sentences-table");
        sentences.addRowSelectListener(event -> open(event.id()));
        Div chosen = new Div(fields, quantities);
        Div pictures = new Div(words, notes, work, spread, sentences);
        addPicture(chosen);
        addPicture(pictures);
    }

    @Override
    protected String missing(Exploration exploration) {
        return exploration.headId().isEmpty() ? "This model has no attention heads." : "";
    }

    @Override
    protected void draw(Exploration exploration) {
        fields.show(exploration.state().sentences());
        HeadId head = exploration.headId().orElseThrow();
        try {
            SentenceSet set = set(exploration);
            OverSentences.checkTime(exploration.model(), set, MOST);
            quantities.setVisible(false);
            hide();
            work.await(
                    exploration.lab().ask(OverSentences.of(exploration.model(), head, set)),
                    head + " over " + set.sentences().size() + " sentences",
                    found -> show(exploration, set, found));
        } catch (Refusal refused) {
            work.end();
            quantities.setVisible(false);
            hide();
            words.setText(refused.getMessage());
            words.setVisible(true);
        }
    }

    private void hide() {
        words.setVisible(false);
        notes.setVisible(false);
        spread.setVisible(false);
        sentences.setVisible(false);
    }

    /** @throws Refusal if there are none, or one cannot be read, naming its line */
    private SentenceSet set(Exploration exploration) {
        SentencesState asked = exploration.state().sentences();
        Template template = SentencesFields.template(asked.from());
        if (template != null) {
            return SentenceSet.made(exploration.model(), template, asked.count(), asked.turn());
        }
        return asked.from() == SentencesState.From.TEXT
                ? text.of(exploration.model(), asked.count(), asked.turn())
                : SentenceSet.ofLines(exploration.model(), asked.own());
    }

    private void show(Exploration exploration, SentenceSet set, HeadOverSentences found) {
        shown = set;
        Asked asked = exploration.state().sentences().asked();
        ShownSentences pictures = new ShownSentences(exploration, set, found);
        words.setText(pictures.words());
        words.setVisible(true);
        String said = String.join(" ", notes(exploration, set));
        notes.setText(said);
        notes.setVisible(!said.isEmpty());
        List<Object> key = List.of(exploration.model().ref(), found.head(), set);
        quantities.setVisible(true);
        quantities.show(key, pictures::quantities);
        quantities.setPython(pictures.pythonOfQuantities());
        quantities.select(row(asked));
        List<Object> ofOne = List.of(key, asked);
        spread.setVisible(true);
        spread.show(ofOne, pictures::spread);
        spread.setPython(pictures.pythonOfSpread());
        spread.select(pictures.present());
        sentences.setVisible(true);
        sentences.show(ofOne, pictures::sentences);
        sentences.setPython(pictures.pythonOfSentences());
        sentences.select(pictures.present());
    }

    private static String row(Asked asked) {
        List<Asked> all = QuantityWords.all();
        for (int i = 0; i < all.size(); i++) {
            if (QuantityWords.isSame(all.get(i), asked)) {
                return Integer.toString(i);
            }
        }
        return "";
    }

    /** What of Explore does not count here, and how the sentences were chosen. */
    private static List<String> notes(Exploration exploration, SentenceSet set) {
        List<String> notes = new ArrayList<>();
        if (!set.note().isEmpty()) {
            notes.add(set.note());
        }
        if (!exploration.state().edits().asked().isEmpty()) {
            notes.add("The edits are those of the sentence above; here the model runs without them.");
        }
        if (!exploration.state().virtual().isEmpty()) {
            notes.add("This is about " + exploration.headId().orElseThrow() + ", not about the virtual head.");
        }
        return notes;
    }

    private void open(String name) {
        SentenceSet set = shown;
        if (set != null) {
            String sentence = set.sentences().get(Integer.parseInt(name) - 1).text();
            change.to(state -> state.withSentence(sentence));
        }
    }
}
