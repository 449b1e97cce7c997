package app.headlight.web.view;

import app.headlight.engine.transformer.HeadId;

/** The address of the page of a head: {@code models/storybook-2l/heads/L1H3}. */
public final class HeadAddress {

    /** The path, as the router reads it. */
    public static final String ROUTE = "models/:model/heads/:head";

    private HeadAddress() {}

    public static String of(String model, HeadId head) {
        return ofAll(model) + head;
    }

    /** What stands before a head's name in the addresses of a model's heads. */
    public static String ofAll(String model) {
        return "models/" + Address.escaped(model) + "/heads/";
    }
}
