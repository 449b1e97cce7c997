package app.headlight.web.view;

/**
 * Which weights Explore shows.
 *
 * @param name the stored model's; empty: the first one
 * @param step after which step of the model's training; {@link ViewState#NONE}: the finished model; {@link ViewState#NEWEST}
 * @param weights which weights the address was made with, as {@link app.headlight.services.lab.WeightsMark} names them; empty: any
 */
public record ModelState(String name, long step, String weights) {

    static final ModelState FIRST = new ModelState("", ViewState.NONE, "");
}
