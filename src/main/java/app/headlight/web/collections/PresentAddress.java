package app.headlight.web.collections;

import com.vaadin.flow.router.BeforeEnterEvent;
import java.util.List;

/** The parts of the addresses of presentations, in which slides count from 1. */
record PresentAddress(long collection, String code, int slide) {

    /** @return of what cannot be read: no collection (−1), no code, slide −1 */
    static PresentAddress of(BeforeEnterEvent event) {
        String collection =
                event.getRouteParameters().get("collection").orElseGet(() -> parameter(event, "collection"));
        String slide = parameter(event, "slide");
        return new PresentAddress(
                collection.matches("\\d{1,18}") ? Long.parseLong(collection) : -1,
                event.getRouteParameters().get("code").orElseGet(() -> parameter(event, "code")),
                slide.matches("\\d{1,6}") ? Integer.parseInt(slide) - 1 : -1);
    }

    /** The address of the presenter's page. */
    String presenting() {
        return "present/" + collection + "?code=" + code + "&slide=" + (slide + 1);
    }

    String notes() {
        return "present/" + collection + "/notes?code=" + code;
    }

    /**
     * The address of a follower's page: with the slide if the person does not follow, and with the collection after the
     * end of the presentation.
     */
    String following(boolean follows, boolean over) {
        return LiveView.PATH + "/" + code
                + (follows ? "" : "?slide=" + (slide + 1) + (over ? "&collection=" + collection : ""));
    }

    PresentAddress at(int other) {
        return new PresentAddress(collection, code, other);
    }

    private static String parameter(BeforeEnterEvent event, String name) {
        return event.getLocation()
                .getQueryParameters()
                .getParameters()
                .getOrDefault(name, List.of(""))
                .getFirst();
    }
}
