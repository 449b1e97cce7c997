package app.headlight.people;

import java.io.Serializable;

/** Someone who has an account here. */
public record Account(long id, String name, Role role) implements Serializable {}
