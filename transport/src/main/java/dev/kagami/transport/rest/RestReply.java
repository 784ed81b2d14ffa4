package dev.kagami.transport.rest;

import java.util.Map;

/**
 * The answer to a {@link RestRequest}.
 *
 * @param status HTTP status
 * @param contentType {@link #JSON} or {@link #PROBLEM}
 * @param body JSON text
 * @param headers others than the content type
 */
public record RestReply(int status, String contentType, String body, Map<String, String> headers) {
  public static final String JSON = "application/json";
  public static final String PROBLEM = "application/problem+json";

  public RestReply {
    headers = Map.copyOf(headers);
  }

  RestReply with(Map<String, String> headers) {
    return new RestReply(status, contentType, body, headers);
  }
}
