package app.headlight.web.view;

import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.HeadOverSentences.Quantity;
import app.headlight.engine.circuits.HeadOverSentences.Role;
import app.headlight.web.view.SentencesState.From;
import java.util.List;

/** The parameters of a {@link SentencesState} in the address of Explore. */
final class SentencesAddress {

    private static final SentencesState FIRST = SentencesState.FIRST;
    private static final Parameter<From> FROM = Parameter.choice("sentences", FIRST.from());
    private static final Parameter<Integer> COUNT = Parameter.whole("many", FIRST.count());
    private static final Parameter<Integer> TURN = Parameter.whole("turn", FIRST.turn());
    private static final Parameter<String> OWN = Parameter.text("lines");
    private static final Parameter<Quantity> QUANTITY =
            Parameter.choice("measure", FIRST.asked().quantity());
    private static final Parameter<Role> ROLE =
            Parameter.choice("role", FIRST.asked().role());

    static final List<Parameter<?>> PARAMETERS = List.of(FROM, COUNT, TURN, OWN, QUANTITY, ROLE);

    private SentencesAddress() {}

    static SentencesState read(Query given) {
        return new SentencesState(
                given.get(FROM),
                given.get(COUNT),
                given.get(TURN),
                given.get(OWN),
                new Asked(given.get(QUANTITY), given.get(ROLE)));
    }

    static Query write(SentencesState sentences, Query query) {
        return query.with(FROM, sentences.from())
                .with(COUNT, sentences.count())
                .with(TURN, sentences.turn())
                .with(OWN, sentences.own())
                .with(QUANTITY, sentences.asked().quantity())
                .with(ROLE, sentences.asked().role());
    }
}
