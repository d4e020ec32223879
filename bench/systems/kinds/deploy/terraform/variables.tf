variable "label_format" {
  type    = string
  default = "a6"
}
