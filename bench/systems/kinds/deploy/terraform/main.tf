resource "aws_sqs_queue" "returns" {
  name = "return-requested"
}

resource "aws_db_instance" "returns" {
  identifier = "returns-db"
  engine     = "postgres"
}

resource "aws_lambda_function" "labels" {
  function_name = "labels"
  environment {
    variables = {
      RETURNS_QUEUE_URL = aws_sqs_queue.returns.url
      LABEL_FORMAT      = var.label_format
    }
  }
}
