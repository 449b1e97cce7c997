package app.headlight.web.heads;

import app.headlight.engine.circuits.StrongestAttention;
import app.headlight.engine.circuits.StrongestAttention.Role;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.lab.HeadPassages;
import app.headlight.services.lab.HeadPassages.Best;
import app.headlight.services.lab.HeadPassages.Passage;
import app.headlight.services.lab.Ticket;
import app.headlight.services.models.OpenModel;
import app.headlight.web.component.TokenStrip;
import app.headlight.web.component.TokenStrip.Token;
import app.headlight.web.component.TokenStrip.Tokens;
import app.headlight.web.page.LongWork;
import app.headlight.web.view.Address;
import app.headlight.web.words.Figures;
import app.headlight.web.words.TokenText;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.spring.annotation.SpringComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.context.annotation.Scope;

/** The passages of the model's stored text in which a head attends most strongly, each of which opens in Explore. */
@SpringComponent
@Scope("prototype")
class BestPassages extends Div {

    private final transient HeadPassages passages;
    private final LongWork work = new LongWork();
    private final Paragraph words = new Paragraph();
    private final Div list = new Div();

    BestPassages(HeadPassages passages) {
        this.passages = passages;
        setId("best-passages");
        addClassName("hl-panel");
        words.addClassName("hl-muted");
        list.addClassName("hl-passages");
        work.onCancel(() -> work.say("Cancelled. Open this page again to look through the text again."));
        add(new H2("Best passages"), words, work, list);
    }

    void show(OpenModel model, HeadId head) {
        list.removeAll();
        words.setText("");
        Optional<Ticket<Best>> asked = passages.ask(model, head);
        if (asked.isEmpty()) {
            work.end();
            words.setText("No text is stored beside " + model.name()
                    + ", so there is none to look through. Models that are trained here keep a part of theirs.");
            return;
        }
        work.await(asked.get(), "Looking through the text of " + model.name(), best -> show(model, head, best));
    }

    private void show(OpenModel model, HeadId head, Best best) {
        words.setText(
                best.read() == 0
                        ? "The text that is stored beside " + model.name()
                                + " has no passage of three tokens that can be typed."
                        : inWords(model.name(), head, best));
        best.best().forEach(passage -> list.add(row(model.name(), head, passage)));
    }

    private static String inWords(String model, HeadId head, Best best) {
        String looked = "Of " + best.read() + (best.read() == 1 ? " passage" : " passages") + " of text that " + model
                + " was not trained on, each read by itself, ";
        return best.best().isEmpty()
                ? looked + "none has a place where " + head + " could look " + whither(best.role()) + "."
                : looked + "those where " + head + " looks most strongly " + whither(best.role())
                        + ". The framed token looks; the shade is the weight that it gives.";
    }

    private static String whither(Role role) {
        return switch (role) {
            case PREVIOUS -> "at the token before";
            case DUPLICATE -> "at the same token earlier";
            case INDUCTION -> "at what followed the same token earlier";
            case ELSEWHERE -> "at another token than the first and itself";
        };
    }

    private static Div row(String model, HeadId head, Passage passage) {
        StrongestAttention found = passage.attention();
        TokenStrip strip = new TokenStrip();
        strip.show(Tokens.shaded(passage.text().pieces().stream().map(Token::of).toList(), weights(found.given())));
        strip.select(found.destination(), found.source());
        Anchor open = new Anchor(explore(model, head, passage), "See it in Explore");
        Span figure = new Span(
                new Text(Figures.fixed(found.weight(), 3) + " from "),
                token(passage, found.destination()),
                new Text(" to "),
                token(passage, found.source()));
        Div line = new Div(figure, open);
        line.addClassName("hl-finding-line");
        Div row = new Div(strip, line);
        row.addClassName("hl-passage");
        return row;
    }

    private static Code token(Passage passage, int position) {
        return new Code(TokenText.placed(passage.text().pieces().get(position), position));
    }

    private static List<Double> weights(Vector given) {
        return IntStream.range(0, given.size())
                .mapToObj(t -> (double) given.get(t))
                .toList();
    }

    private static String explore(String model, HeadId head, Passage passage) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("model", model);
        parameters.put("text", passage.text().text());
        parameters.put("heads", head.toString());
        parameters.put("dest", Integer.toString(passage.attention().destination()));
        parameters.put("src", Integer.toString(passage.attention().source()));
        return Address.of("explore", parameters).toString();
    }
}
