package app.headlight.web.component;

/** A token as a picture prints it: white space and bytes made visible. */
public record TokenLabel(String label) {}
