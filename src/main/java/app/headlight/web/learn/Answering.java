package app.headlight.web.learn;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.lessons.Question.What;
import app.headlight.services.lessons.language.Clicked;
import app.headlight.web.view.Address;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.ViewState;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What of a live view answers a question: what is selected in it now and was not before. */
final class Answering {

    private static final Pattern HEAD = Pattern.compile("L\\d+H\\d+");

    private Answering() {}

    /**
     * What was clicked, as far as the question asks for it.
     *
     * @param before the address of the view before the click; the same as now where what was selected is clicked again
     */
    static Optional<Clicked> clicked(What what, String before, String now) {
        Optional<Clicked> selected = selected(what, now);
        return before.equals(now) || !selected.equals(selected(what, before)) ? selected : Optional.empty();
    }

    private static Optional<Clicked> selected(What what, String address) {
        if (!Address.of(address).path().equals(ExploreAddress.PATH)) {
            String head = Address.of(address).parameter("head");
            return what == What.HEAD && HEAD.matcher(head).matches()
                    ? Optional.of(Clicked.head(HeadId.parse(head)))
                    : Optional.empty();
        }
        ViewState state = LessonPicture.state(address);
        return switch (what) {
            case HEAD -> state.heads().stream().findFirst().map(Clicked::head);
            case SOURCE -> state.source() < 0 ? Optional.empty() : Optional.of(Clicked.place(state.source()));
            case DESTINATION ->
                state.destination() < 0 ? Optional.empty() : Optional.of(Clicked.place(state.destination()));
        };
    }

    /** Whether a view shows a sentence of the reader's own, and not the lesson's, which the question is about. */
    static boolean isOwnSentence(String first, String now) {
        return !LessonPicture.state(first)
                .text()
                .equals(LessonPicture.state(now).text());
    }

    /** The view in which something is selected, as if it had been clicked there. */
    static String selecting(Clicked clicked, What what, String address) {
        if (!Address.of(address).path().equals(ExploreAddress.PATH)) {
            Address plain = Address.of(address);
            return new Address(
                            plain.path(),
                            plain.pairs().stream()
                                    .filter(pair -> !pair.name().equals("head"))
                                    .toList())
                    .with("head", String.valueOf(clicked.head()))
                    .toString();
        }
        ViewState state = LessonPicture.state(address);
        HeadId head = clicked.head();
        return ExploreAddress.of(
                head != null
                        ? state.withHeads(List.of(head))
                        : what == What.SOURCE
                                ? state.withLine(state.destination(), clicked.place())
                                : state.withLine(clicked.place(), ViewState.NONE));
    }
}
